"""The best of several designs: what is asked, what is chosen among, how it is simulated, what is found."""
