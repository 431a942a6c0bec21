"""What the window asks of the X server. On a line of 20 ms to another machine, 50 questions are a second."""

from factories import python
from server import counted

MOST = 585  # of 1,091 when this was counted first; 258 are for Tk's table of colours, 32 for the column of answers
ASK = """
import sys, tkinter
root = tkinter.Tk()
for _ in range(int(sys.argv[1])):
    root.winfo_pointerxy()
root.destroy()
"""
OPEN = """
import sys
from vae_explorer.gui.options import Options
from vae_explorer.gui.window import shell
from vae_explorer.settings import Settings
app = shell.build(Options(scale=1.0), Settings())
while not app.workspace.ready:
    app.root.tk.dooneevent(0)
app.close()
"""


def answers(display, code, *args):
    with counted(display) as line:
        done = python(code, *args)
    assert done.returncode == 0, done.stderr
    return line.answers


def test_each_question_of_a_program_is_counted(display):
    assert answers(display, ASK, 30) - answers(display, ASK, 10) == 20


def test_the_window_is_whole_after_little_more_than_half_as_many_questions_as_in_its_first_version(display):
    assert answers(display, OPEN) <= MOST
