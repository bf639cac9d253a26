"""Who holds pixels, how long, and on which threads: bands and scratch, sheets, one cache, the allocator's heaps."""
