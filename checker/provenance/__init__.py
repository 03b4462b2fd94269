"""What a report says of its findings: whom they are about, and the rows behind them."""
