"""What a model learned from: the files of a data set, found and read; and any picture, made like its images."""
