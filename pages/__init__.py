"""What a person sees; each page is a script that reads as its screen reads."""
