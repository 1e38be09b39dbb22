"""The page, as Streamlit begins it. Processes that simulate import this file, too, and need nothing of the page."""

if __name__ == "__main__":
    from simulation.app.page import page

    page()
