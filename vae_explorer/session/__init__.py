"""What a person did and can do: state, undo, bookmarks, actions. No Tk."""
