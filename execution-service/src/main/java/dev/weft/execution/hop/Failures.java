package dev.weft.execution.hop;

import dev.weft.execution.failure.Failure;
import dev.weft.execution.plan.LogLevel;
import dev.weft.execution.routing.Arrival;
import dev.weft.execution.routing.Faults;

/** Handles a failure: writes the error record and a log line, and tells the error handler and the waiting caller. */
final class Failures {

    private final Passage passage;
    private final Departures departures;
    private final Faults faults;

    Failures(Passage passage, Departures departures) {
        this.passage = passage;
        this.departures = departures;
        var tools = passage.tools();
        this.faults = new Faults(tools.codec(), tools.ids(), passage.plan());
    }

    /** An error that belongs to a message which was not worked on. */
    void fail(Arrival arrival, Failure failure) {
        var work = passage.begin(arrival);
        failed(work, failure);
        passage.record().add(work.records(passage.now()));
    }

    /** An error of a step's work. */
    void failed(StepWork work, Failure failure) {
        var arrival = work.arrival();
        var now = passage.now();
        var which = work.fail();
        passage.tools().metrics().error();
        passage.record().log().add(arrival, LogLevel.ERROR, failure.message(), now);
        var told = faults.forHandler(arrival, failure, which);
        told.ifPresent(this::forward);
        work.fail(
                faults.record(arrival, failure, which, now),
                told.stream().map(Arrival::key).toList());
        tellCaller(arrival, failure);
    }

    /** What can not go on is an error of the step that it was for. */
    void forward(Arrival arrival) {
        var failure = departures.forward(arrival);
        if (failure != null) {
            fail(arrival, failure);
        }
    }

    /** An error answers the waiting caller, unless the handler may do so (api-v2 11.6). */
    private void tellCaller(Arrival arrival, Failure failure) {
        var replyTo = arrival.envelope().replyTo();
        if (replyTo != null && !passage.plan().answersErrors()) {
            var told = failure.forStrangers(arrival.step().id());
            departures.answer(
                    arrival,
                    passage.tools().replies().error(replyTo, arrival.envelope().execution(), told));
        }
    }
}
