package dev.weft.workspace.mail;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import dev.weft.common.mail.Mail;
import dev.weft.common.mail.MailFailure;
import dev.weft.common.mail.Mailer;
import dev.weft.common.problem.ProblemException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is wanted, one mail after the other, and tries again after growing pauses for two days. It is noted as sent
 * after the mail server has taken it: a crash in between sends it again, under the same Message-ID.
 */
final class Postman {

    private static final Logger log = LoggerFactory.getLogger(Postman.class);

    private static final Duration FIRST_PAUSE = ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofDays(2);
    private static final Duration REMEMBERED = Duration.ofDays(14);
    /** An invite is stored after the wish for its mail. */
    private static final Duration INVITE_COMES = ofMinutes(1);
    /** Beyond what one mail may take. */
    private static final Duration TERM = ofMinutes(5);

    private final MailWants wants;
    private final Function<MailWant, Optional<Mail>> composer;
    private final Mailer mailer;
    private final Clock clock;
    private final Counter lost;

    /** @param composer writes a mail; empty when there is nobody to send it to */
    Postman(
            MailWants wants,
            Function<MailWant, Optional<Mail>> composer,
            Mailer mailer,
            Clock clock,
            MeterRegistry meters) {
        this.wants = wants;
        this.composer = composer;
        this.mailer = mailer;
        this.clock = clock;
        this.lost = Counter.builder("weft.mails.lost")
                .description("Mails that were given up")
                .register(meters);
    }

    /** Ends when nothing is due, and when the mail server has no ear: what it does not take now it need not be asked again at once. */
    void round() {
        var goesOn = true;
        while (goesOn && !Thread.currentThread().isInterrupted()) {
            goesOn = wants.take(TERM).filter(this::deliver).isPresent();
        }
    }

    void forgetOld() {
        wants.removeBefore(clock.instant().minus(REMEMBERED));
    }

    /** Whether the next one may be tried. */
    private boolean deliver(MailWant want) {
        try {
            var mail = composer.apply(want);
            if (mail.isEmpty() && mayStillCome(want)) {
                wants.again(want.id(), clock.instant().plus(ofSeconds(5)));
            } else {
                mail.ifPresent(mailer::send);
                wants.done(want.id());
            }
            return true;
        } catch (MailFailure e) {
            // Also what is not passing for the mail server: a wrong password or a full disk is mended within the time,
            // and
            // nobody sends an invite twice. Its words may quote an address, so they are not logged.
            later(want, e.isQuoting() ? "it is not taken" : e.text());
            return !e.isPassing();
        } catch (ProblemException e) {
            later(want, String.valueOf(e.getMessage()));
            return false;
        } catch (RuntimeException e) {
            log.warn("The mail {} of {} can not be written", want.kind().wire(), want.id(), e);
            later(want, "it can not be written");
            return true;
        }
    }

    private boolean mayStillCome(MailWant want) {
        return want.kind().isInvite() && want.since().plus(INVITE_COMES).isAfter(clock.instant());
    }

    private void later(MailWant want, String why) {
        var now = clock.instant();
        if (want.since().plus(PATIENCE).isBefore(now)) {
            giveUp(want, why);
        } else {
            wants.again(want.id(), now.plus(pauseAfter(want.attempts())));
            log.info("The mail {} of {} is tried again: {}", want.kind().wire(), want.id(), why);
        }
    }

    private void giveUp(MailWant want, String why) {
        lost.increment();
        wants.giveUp(want.id());
        log.warn("The mail {} of {} is not sent: {}", want.kind().wire(), want.id(), why);
    }

    /** @param attempts 1 after the first */
    static Duration pauseAfter(int attempts) {
        var doublings = Math.min(Math.max(0, attempts - 1), 12);
        var pause = FIRST_PAUSE.multipliedBy(1L << doublings);
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }
}
