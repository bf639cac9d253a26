"""What is done to people and the subject of a photo, once they are found."""
