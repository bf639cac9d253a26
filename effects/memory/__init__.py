"""Who holds pixels, and on which threads: bands of rows, sheets that are used again, the allocator's heaps."""
