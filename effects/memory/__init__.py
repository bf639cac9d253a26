"""Who holds pixels, and on which threads: bands of rows, scratch for them, sheets that are used again, the allocator's heaps."""
