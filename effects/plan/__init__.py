"""The engine room: how a pipeline's steps become few passes over a picture."""
