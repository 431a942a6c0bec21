"""What a model learned from: the files of a data set, found, downloaded and read."""
