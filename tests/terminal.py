"""A program on a terminal of its own."""
import os
import pty
import select
import time

LIMIT = 300  # seconds; it ends what hangs and says nothing of speed


class Terminal:
    """`shown` is all that the program has shown so far, with the line ends of a file."""

    def __init__(self, words, cwd, environment):
        self.pid, self.descriptor = pty.fork()
        if self.pid == 0:
            os.chdir(cwd)
            os.execvpe(words[0], [str(word) for word in words], environment)
        self.bytes, self.ended = b"", False

    @property
    def shown(self):
        return self.bytes.decode(errors="replace").replace("\r\n", "\n")

    def read(self):
        """Takes what is shown next; False when there is nothing more."""
        if not select.select([self.descriptor], [], [], LIMIT)[0]:
            raise TimeoutError(self.shown[-2000:])
        try:
            got = os.read(self.descriptor, 65536)
        except OSError:  # nobody has the other end open
            got = b""
        self.bytes += got
        self.ended = not got
        return not self.ended

    def wait_for(self, is_there):
        """Reads on until what is shown is as wanted; False when the program has ended before."""
        while not is_there(self.shown):
            if not self.read(): return False
        return True

    def type(self, text):
        os.write(self.descriptor, text.encode())

    def end(self):
        """Reads to the end; the exit status, negative for a signal."""
        while self.read(): pass
        os.close(self.descriptor)
        end = time.monotonic() + LIMIT
        while time.monotonic() < end:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid: return os.waitstatus_to_exitcode(status)
            time.sleep(0.01)
        raise TimeoutError("it does not end")
