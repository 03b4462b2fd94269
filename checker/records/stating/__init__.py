"""What a manifest says of where the tables of its submission stand, and how they are laid out."""
