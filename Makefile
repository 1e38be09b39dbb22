# The words of tasks.py, for those who are used to make; nothing here needs make.
.PHONY: demo test slow oracle docs bench calibrate expected
demo test slow oracle docs bench calibrate expected:
	python3 tasks.py $@
