"""What pages share, each part named after something one can see."""
