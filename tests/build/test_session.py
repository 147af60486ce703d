"""One run of MkDocs: what it says before and between builds."""

import socket

from ..support.builds import PROJECT, run


def test_a_port_in_use_is_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        done = run(PROJECT, "mkdocs", "serve", "--quiet", "--dev-addr", address)
    said = f"cannot serve at {address}: Address already in use; give another --dev-addr"
    assert (done.returncode, done.stdout, done.stderr) == (1, f"\n{said}\n", "")
