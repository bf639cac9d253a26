"""What is in a photo: networks that find faces, people and its subject, and what is kept of their answers."""
