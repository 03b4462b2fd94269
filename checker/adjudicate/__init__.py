"""Reasons from outcomes to verdicts and standings: what exceptions displace, what conflicts, what is concluded."""
