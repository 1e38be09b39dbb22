def needed(a,b): return None
