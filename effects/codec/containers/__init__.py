"""Files taken apart and put together, without a decoder: boxes, chunks, segments, directories."""
