"""The staff of a jobcentre: teams, caseworkers, whose case a ledig is, and whose minutes a talk takes."""
