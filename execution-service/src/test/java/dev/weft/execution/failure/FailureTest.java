package dev.weft.execution.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.execution.step.Outcome;
import dev.weft.execution.step.StepFailure;
import org.junit.jupiter.api.Test;

class FailureTest {

    @Test
    void tellsStrangersTheKindAndTheStepAndNothingOfTheMessage() {
        var failure = Failure.of(new StepFailure("JSONataError", "10 USD is no number: secret", "at secret"));

        var told = failure.forStrangers("map");

        assertThat(told.shown()).isEqualTo(new Failure("JSONataError", "JSONataError in step map.", "").shown());
        assertThat(failure.message()).contains("secret");
    }

    @Test
    void knowsWhoseWordsItQuotes() {
        assertThat(Failure.of(StepFailure.of("AnyError", "account 4711", true)).isQuoting())
                .isTrue();
        assertThat(Failure.of(new IllegalStateException("account 4711")).isQuoting())
                .isTrue();
        assertThat(Failure.of(new Outcome.Failed("AxiosError", "account 4711", ""))
                        .isQuoting())
                .isTrue();
        assertThat(Failure.of(new Outcome.Failed("CodeError", "The code has no function named run.", "", false))
                        .isQuoting())
                .isFalse();
        assertThat(Failure.of(new StepFailure("HttpError", "url gives nothing."))
                        .isQuoting())
                .isFalse();
        assertThat(Failure.poison().isQuoting()).isFalse();
    }

    @Test
    void tellsStrangersWhatThePlatformItselfSays() {
        assertThat(Failure.reboundLimit("secret").forStrangers("map").shown())
                .isEqualTo(new Failure("Error", "Rebound limit exceeded", "").shown());
        assertThat(Failure.of(new StackOverflowError()).forStrangers("map").message())
                .contains("nests too deeply");
    }

    @Test
    void quotesNoUserOfAnAddressNotEvenOneThatIsCut() {
        var tooLong = "x".repeat(16 * 1024 - 14) + "https://ada:opensesame@host/";

        var failure =
                new Failure("Error", "no answer of https://ada:opensesame@host/a@b", "at amqp://ada:opensesame@host");

        assertThat(failure.message()).isEqualTo("no answer of https://host/a@b");
        assertThat(failure.stack()).isEqualTo("at amqp://host");
        assertThat(new Failure("Error", tooLong, "").message()).doesNotContain("ada");
    }

    @Test
    void tellsStrangersNoNameThatIsNone() {
        var named = new Failure("the customer's secret", "boom", "");

        assertThat(named.forStrangers("map").message()).isEqualTo("Error in step map.");
    }
}
