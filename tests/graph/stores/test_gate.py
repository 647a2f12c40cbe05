import threading

from iga.graph.stores.embedded_store import Gate


def test_whoever_closes_the_gate_waits_for_those_inside_and_keeps_others_out() -> None:
    gate, told = Gate(), list[str]()
    may_leave, is_inside, is_closing = threading.Event(), threading.Event(), threading.Event()

    def read_first() -> None:
        with gate.passing():
            is_inside.set()
            may_leave.wait()
            told.append("first read")

    def replace() -> None:
        is_closing.set()
        with gate.closed():
            told.append("replaced")

    threads = [threading.Thread(target=read_first), threading.Thread(target=replace)]
    threads[0].start()
    is_inside.wait()
    threads[1].start()
    is_closing.wait()
    may_leave.set()
    for thread in threads:
        thread.join()
    with gate.passing():
        told.append("second read")
    assert told == ["first read", "replaced", "second read"]


def test_a_thread_inside_may_pass_again_though_another_waits_to_close_the_gate() -> None:
    gate, told = Gate(), list[str]()
    begins = threading.Event()

    def replace() -> None:
        begins.set()
        with gate.closed():
            told.append("replaced")

    thread = threading.Thread(target=replace)
    with gate.passing():
        thread.start()
        begins.wait()
        with gate.passing():
            told.append("read within")
    thread.join()
    assert told == ["read within", "replaced"]


def test_two_that_close_the_gate_follow_one_another() -> None:
    gate, told = Gate(), list[str]()

    def replace() -> None:
        with gate.closed():
            told.append("begun")
            told.append("ended")

    threads = [threading.Thread(target=replace) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == ["begun", "ended"] * 4


def test_a_gate_opens_again_after_an_error() -> None:
    gate = Gate()
    try:
        with gate.closed():
            raise ValueError
    except ValueError:
        pass
    with gate.passing(), gate.passing():
        assert True
