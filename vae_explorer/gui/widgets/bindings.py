"""What Tk's classes of widgets do with keys, buttons and the wheel of themselves: each kept, removed or replaced.

The table has every binding of every class that the window uses; `apply` makes it so, once for each interpreter. What
a newer Tk or another system binds beyond it stays, but for the wheel, which is `wheel`'s. Knows Tk only.
"""

import tkinter as tk
from dataclasses import dataclass

from vae_explorer.gui.widgets.wheel import Wheel

KEPT, REMOVED = "", "# removed"


@dataclass(frozen=True)
class Row:
    """What becomes of some sequences, parted by spaces, of some classes: KEPT, REMOVED, or a script of Tcl instead."""

    classes: str
    sequences: str
    becomes: str = KEPT
    why: str = ""


WHEEL = (
    "<MouseWheel> <Shift-MouseWheel> <Option-MouseWheel> <Shift-Option-MouseWheel> <TouchpadScroll> "
    "<Button-4> <Button-5> <Shift-Button-4> <Shift-Button-5>"
)
BUTTONS = "TButton TCheckbutton TRadiobutton"
TYPED = "TEntry TCombobox"
# A widget that does nothing of its own with a click. In a dialog the focus stays: its entry has it for good reason.
_GROUND = 'if {[winfo toplevel %W] eq "." && [bind %W <Button-1>] eq ""} {focus .}'
_TABS = f'if {{[%W index @%x,%y] eq ""}} {{{_GROUND}}} else {{ttk::notebook::Press %W %x %y}}'
_UNITS = 5  # that a notch of the wheel scrolls a list, as Tk has it on X11

ROWS = (
    # ---------------------------------------------------------------------- sliders
    Row("TScale", "<Button-1>", "focus %W; ttk::scale::Jump %W %x %y",
        "Tk moves by 1 towards a click, which never arrives; it jumped there with the other buttons"),
    Row("TScale", "<B1-Motion> <ButtonRelease-1>"),
    Row("TScale", "<Button-2> <B2-Motion> <ButtonRelease-2> <Button-3> <B3-Motion> <ButtonRelease-3>", REMOVED,
        "nobody expects a slider to move by another button"),
    Row("TScale", "<<PrevChar>> <<NextChar>> <<PrevLine>> <<NextLine>> <<PrevWord>> <<NextWord>> <<PrevPara>> "
        "<<NextPara>> <<LineStart>> <<LineEnd>>", REMOVED,
        "steps of 1 and 10, and on X11 Ctrl+P, N, B, F, E and A; each slider has keys of its own"),
    # ---------------------------------------------------------------------- what is typed into, and lists
    Row(TYPED, "<Key> <Key-Delete> <Key-BackSpace> <<Cut>> <<Copy>> <<Paste>> <<Clear>> <<SelectAll>> <<SelectNone>> "
        "<<PrevChar>> <<NextChar>> <<PrevWord>> <<NextWord>> <<LineStart>> <<LineEnd>> <<SelectPrevChar>> "
        "<<SelectNextChar>> <<SelectPrevWord>> <<SelectNextWord>> <<SelectLineStart>> <<SelectLineEnd>> "
        "<<TraverseIn>> <Key-Tab> <Key-Return> <Key-KP_Enter> <Key-Escape> <<PrevLine>> <<NextLine>> "
        "<Alt-Key> <Meta-Key> <Control-Key>"),
    Row(TYPED, "<Control-Key-d> <Control-Key-h> <Control-Key-k>", KEPT,
        "Emacs' keys, as everywhere in Tk; no shortcut of the window is among them, which a test holds"),
    Row(TYPED, "<Button-1> <Shift-Button-1> <Double-Button-1> <Triple-Button-1> <<ToggleSelection>> <B1-Motion> "
        "<B1-Leave> <B1-Enter> <ButtonRelease-1>"),
    Row(TYPED, "<Button-2> <B2-Motion> <ButtonRelease-2> <<PasteSelection>>", KEPT, "X11's way to paste"),
    Row(TYPED, "<<TkStartIMEMarkedText>> <<TkEndIMEMarkedText>> <<TkClearIMEMarkedText>> <<TkAccentBackspace>>"),
    Row("TCombobox", "<Key-Down> <Motion>"),
    Row("TCombobox", WHEEL, REMOVED, "it chose without opening the list, and what was to scroll was the column"),
    Row("ComboboxListbox", "<Map> <Motion> <Destroy> <<PrevWindow>> <Key-Tab> <Key-Escape> <Key-Return> "
        "<ButtonRelease-1> <FocusOut>"),
    Row("ComboboxPopdown", "<Button> <Map> <Unmap>"),
    Row("Listbox", "<Button-1> <Double-Button-1> <B1-Motion> <ButtonRelease-1> <Shift-Button-1> <Control-Button-1> "
        "<B1-Leave> <B1-Enter> <Button-2> <B2-Motion> <<PrevLine>> <<NextLine>> <<SelectPrevLine>> <<SelectNextLine>> "
        "<<PrevChar>> <<NextChar>> <<PrevWord>> <<NextWord>> <Key-Prior> <Key-Next> <Control-Key-Prior> "
        "<Control-Key-Next> <<LineStart>> <<LineEnd>> <Control-Key-Home> <Control-Shift-Key-Home> <Control-Key-End> "
        "<Control-Shift-Key-End> <<Copy>> <Key-space> <<Invoke>> <Key-Select> <Control-Shift-Key-space> "
        "<Shift-Key-Select> <Key-Escape> <<SelectAll>> <<SelectNone>>", KEPT, "of a list that has dropped"),
    Row("Treeview", "<Button-1> <Double-Button-1> <ButtonRelease-1> <B1-Motion> <B1-Leave> <Motion> <Leave> <Key-Up> "
        "<Key-Down> <Key-Left> <Key-Right> <Key-Prior> <Key-Next> <Key-Return> <Key-space> <Shift-Button-1> "
        "<<ToggleSelection>>", KEPT, "of the palette, whose entry has the keys"),
    # ---------------------------------------------------------------------- the rest of what can be operated
    Row("TNotebook", "<Button-1>", _TABS, "beside the tabs there is empty ground"),
    Row("TNotebook", WHEEL, REMOVED, "Tk 9 turns to the next tab"),
    Row("TNotebook", "<Key-Left> <Key-Right> <Control-Key-Tab> <Control-Shift-Key-Tab> <Control-Key-ISO_Left_Tab> "
        "<Destroy>"),
    Row(BUTTONS, "<Enter> <Leave> <Button-1> <B1-Leave> <B1-Enter> <ButtonRelease-1> <Key-space> <<Invoke>>"),
    Row("TButton", "<Key-Return>", "%W instate !disabled {%W invoke}; break",
        "as the space bar; and no more, for the dialog that it may have closed takes Return, too"),
    Row("TRadiobutton", "<Key-Up> <Key-Down>"),
    Row("TMenubutton", "<Enter> <Leave> <Button-1> <B1-Leave> <ButtonRelease-1> <Key-space> <<Invoke>>"),
    Row("TMenubutton", "<B1-Motion>", KEPT, "of other systems"),
    Row("TMenubutton", "<Key-Return>", "ttk::menubutton::Popdown %W; break", "as the space bar"),
    Row("TPanedwindow", "<Button-1> <B1-Motion> <ButtonRelease-1> <Enter> <Leave> <Motion> <<EnteredChild>>", KEPT,
        "`panes` has its own way to drag"),
    Row("TScrollbar", "<Button-1> <B1-Motion> <ButtonRelease-1>"),
    Row("TScrollbar", "<Button-2> <B2-Motion> <ButtonRelease-2>", KEPT, "X11's way to jump there"),
    Row("Menu", "<Enter> <Leave> <Motion> <Button> <ButtonRelease> <Key> <Key-space> <Key-Return> <Key-Escape> "
        "<<Invoke>> <<PrevChar>> <<NextChar>> <<PrevLine>> <<NextLine>>"),
    Row("Text", "<Button-1> <Double-Button-1> <Triple-Button-1> <Shift-Button-1> <Double-Shift-Button-1> "
        "<Triple-Shift-Button-1> <Control-Button-1> <Double-Control-Button-1> <Control-B1-Motion> <B1-Motion> "
        "<B1-Leave> <B1-Enter> <ButtonRelease-1> <Button-2> <B2-Motion> <<PasteSelection>> <<PrevChar>> <<NextChar>> "
        "<<PrevLine>> <<NextLine>> <<PrevWord>> <<NextWord>> <<PrevPara>> <<NextPara>> <<LineStart>> <<LineEnd>> "
        "<<SelectPrevChar>> <<SelectNextChar>> <<SelectPrevLine>> <<SelectNextLine>> <<SelectPrevWord>> "
        "<<SelectNextWord>> <<SelectPrevPara>> <<SelectNextPara>> <<SelectLineStart>> <<SelectLineEnd>> <Key-Prior> "
        "<Key-Next> <Shift-Key-Prior> <Shift-Key-Next> <Control-Key-Prior> <Control-Key-Next> <Control-Key-Home> "
        "<Control-Key-End> <Control-Shift-Key-Home> <Control-Shift-Key-End> <<SelectAll>> <<SelectNone>> <<Cut>> "
        "<<Copy>> <<Paste>> <<Clear>> <<Undo>> <<Redo>> <Key> <Key-Return> <Key-Delete> <Key-BackSpace> <Key-Insert> "
        "<Key-Tab> <Shift-Key-Tab> <Control-Key-Tab> <Control-Shift-Key-Tab> <Key-Select> <Shift-Key-Select> "
        "<Control-Key-space> <Control-Shift-Key-space> <Key-Escape> <Key-KP_Enter> <Alt-Key> <Meta-Key> <Control-Key> "
        "<Control-Key-d> <Control-Key-h> <Control-Key-i> <Control-Key-k> <Control-Key-o> <Control-Key-t> <Meta-Key-b> "
        "<Meta-Key-d> <Meta-Key-f> <Meta-Key-less> <Meta-Key-greater> <Meta-Key-BackSpace> <Meta-Key-Delete> "
        "<<TkStartIMEMarkedText>> <<TkEndIMEMarkedText>> <<TkClearIMEMarkedText>> <<TkAccentBackspace>>", KEPT,
        "of a page to read, which no key can change"),
    Row("all", "<<PrevWindow>> <<NextWindow>> <Key-F10> <Alt-Key>"),
    # ---------------------------------------------------------------------- empty ground
    Row("TFrame TLabel TProgressbar Frame Label Canvas", "<Button-1>", _GROUND,
        "a click beside a slider takes the focus from it, and Home is the window's again"),
    Row("TLabel", "<<Invoke>>"),
    # ---------------------------------------------------------------------- the wheel, as `wheel` tells it
    Row("Listbox Treeview Text TScrollbar", WHEEL, REMOVED, "`wheel` knows on what a gesture began"),
    *(Row("Listbox Treeview", f"<<Wheel{way}>>", f"%W {axis}view scroll {sign}{_UNITS} units")
      for way, axis, sign in (("Up", "y", "-"), ("Down", "y", ""), ("Left", "x", "-"), ("Right", "x", ""))),
    *(Row("Text", f"<<Wheel{way}>>", f"%W yview scroll {pixels} pixels")
      for way, pixels in (("Up", -50), ("Down", 50))),
    *(Row("TScrollbar", f"<<Wheel{way}>>", f"tk::ScrollByUnits %W v {units}")
      for way, units in (("Up", -_UNITS), ("Down", _UNITS))),
)  # fmt: skip

# Tk's names for what keys do, as of X11: there Ctrl+A is the start of the line, as in Emacs.
SELECT_ALL = "<Control-Key-a>", "<Control-Lock-Key-A>"
# A key of the keypad, for which no widget has a binding, is told again by the name for which all have one.
_MOVES = "Left", "Right", "Up", "Down", "Home", "End", "Prior", "Next", "Insert", "Delete"
KEYPAD = {"KP_Enter": "Return"} | {f"KP_{name}": name for name in _MOVES}


def apply(root: tk.Tk) -> None:
    """Make the table true for all windows of a program."""
    call = root.tk.call
    for row in ROWS:
        for name in row.classes.split():
            bound = set(root.tk.splitlist(call("bind", name)))
            for sequence in row.sequences.split():
                if row.becomes == REMOVED and sequence in bound:
                    call("bind", name, sequence, "")
                elif row.becomes not in (KEPT, REMOVED):
                    call("bind", name, sequence, row.becomes)
    if call("tk", "windowingsystem") == "x11":
        call("event", "delete", "<<LineStart>>", *SELECT_ALL)
        call("event", "add", "<<SelectAll>>", *SELECT_ALL)
    for key, name in KEYPAD.items():
        call("bind", "all", f"<{key}>", f"event generate %W <{name}> -state %s")
    Wheel(root)
