"""What exists in the simulated world, before anybody does anything about it.

People (`ledige`), their chances (`draws`), the jobcentre's staff (`staff`) and places (`places`), the ways out of
benefit (`afgang`), jobs (`beskaeftigelse`) and hours beside benefit (`small_jobs`), and what is written down every week
(`register`). Nothing here knows an intervention by name.
"""
