"""What Streamlit is given to carry out, in a folder of its own: it lets everything beside a script be imported by its
bare name."""
