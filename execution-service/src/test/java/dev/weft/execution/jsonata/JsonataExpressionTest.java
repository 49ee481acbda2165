package dev.weft.execution.jsonata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.execution.mapping.EvaluationContext;
import dev.weft.execution.mapping.Expressions;
import dev.weft.execution.mapping.Undefined;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.sandbox.Sandbox;
import dev.weft.execution.step.StepFailure;
import dev.weft.execution.step.StepUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class JsonataExpressionTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final Sandbox SANDBOX = new Sandbox();
    private static final JsonataExpressions EXPRESSIONS = new JsonataExpressions(
            SANDBOX,
            Clock.fixed(Instant.parse("2026-03-01T10:00:00Z"), ZoneOffset.UTC),
            Duration.ofSeconds(5),
            // What a text may be at most ends them here, whatever the heap.
            new EvaluationLimits(Duration.ofMillis(10), Duration.ofSeconds(1), 256 << 20));

    /** They must do without the sandbox, and have the time for it. */
    private static final JsonataExpressions WITHOUT_SANDBOX = new JsonataExpressions(
            (_, _, _) -> {
                throw new StepUnavailable("It is not to be used.");
            },
            Clock.fixed(Instant.parse("2026-03-01T10:00:00Z"), ZoneOffset.UTC),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            new EvaluationLimits(Duration.ofMillis(10), Duration.ofSeconds(60), 256 << 20));

    @AfterAll
    static void end() {
        WITHOUT_SANDBOX.close();
        SANDBOX.close();
    }

    @Test
    void beginsNothingThatMayTakeLongWhenTheTimeOfItsDeliveryIsOver() {
        var late = new Expressions.Work() {
            @Override
            public String flowId() {
                return "f";
            }

            @Override
            public void requireTime() {
                throw new StepFailure("DeliveryTooLong", "The time is over.");
            }

            @Override
            public void make(long bytes) {}
        };
        var context = EvaluationContext.of(StepMessage.of(Map.of("a", List.of(1, 2))), Map.of());

        ScopedValue.where(Expressions.WORK, late).run(() -> {
            assertThat(EXPRESSIONS.compile("a").evaluate(context)).isEqualTo(List.of(1, 2));
            for (var costly : List.of("$map(a, function($v) { $v + 1 })", "$uppercase($string(a))")) {
                assertThatThrownBy(() -> EXPRESSIONS.compile(costly).evaluate(context))
                        .isInstanceOfSatisfying(
                                StepFailure.class,
                                failure -> assertThat(failure.name()).isEqualTo("DeliveryTooLong"));
            }
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "$ | {'n':1} | {'n':1}",
                "{\"k\": $keys($)} | {'n':1,'m':2} | {'k':['n','m']}",
                "{\"sum\": a + b, \"who\": $uppercase(name)} | {'a':19,'b':23,'name':'ada'} | {'sum':42,'who':'ADA'}",
                "$sum(items.(price * qty)) | {'items':[{'price':2,'qty':3},{'price':5,'qty':1}]} | 11",
                "items.sku | {'items':[{'sku':'p'},{'sku':'q'}]} | ['p','q']",
                "items.sku | {'items':[{'sku':'p'}]} | 'p'",
                "items.sku[] | {'items':[{'sku':'p'}]} | ['p']",
                "orders[total > 10] | {'orders':[{'total':5},{'total':15},{'total':25}]} | [{'total':15},{'total':25}]",
                "items.{\"id\": id, \"of\": $$.order} | {'order':7,'items':[{'id':1},{'id':2}]} |"
                        + " [{'id':1,'of':7},{'id':2,'of':7}]",
                "a | {'a':null} | null",
                "{\"a\": a, \"b\": gone} | {'a':null} | {'a':null}",
                "a / 4 | {'a':10} | 2.5",
                "a * 2 | {'a':1.5} | 3",
                "a | {'a':12345678901234567890.123} | 12345678901234567890.123",
                "a | {'a':123456789012345678901234567890} | 123456789012345678901234567890",
                "n[0] & \"!\" | {'n':[1,2.5,null,true]} | '1!'",
                "n | {'n':[1,2.5,null,true]} | [1,2.5,null,true]",
                "status = \"open\" and $count(items) > 0 | {'status':'open','items':[]} | false",
                "a ? \"x\" : \"y\" | {'a':1} | 'x'",
                "a ?: \"y\" | {'a':0} | 'y'",
                "a ?? \"y\" | {'a':0} | 0",
                "$join(items.name, \", \") | {'items':[{'name':'a'},{'name':'b'}]} | 'a, b'",
                "$replace(a, \" \", \"\") | {'a':'x y z'} | 'xyz'",
                "$string($) & \"!\" | [] | '[]!'",
                "items{id: name} | {'items':[{'id':'a','name':1},{'id':'b','name':2}]} | {'a':1,'b':2}",
                "$now() | {} | '2026-03-01T10:00:00.000Z'",
                "$millis() | {} | 1772359200000",
                "$getFlowVariables().region | {} | 'eu'",
                "($x := a.b; {\"p\": $x.c, \"q\": $x.d}) | {'a':{'b':{'c':1,'d':2}}} | {'p':1,'q':2}",
                "*.id | {'a':{'id':1},'b':{'id':2}} | [1,2]",
                "$.a | {'a':1} | 1",
                "$$.a | {'a':1} | 1",
                "$msg.body.a | {'a':1} | 1",
                "$msg.headers.h | {'a':1} | 'v'",
                "$round(a, 1) | {'a':2.55} | 2.6",
                "$max(v) + $min(v) + $average(v) | {'v':[1.5,2,4]} | 8",
                "a in [1,2] | {'a':2} | true",
                "a = 2.0 | {'a':2} | true",
            })
    void givesWhatTheLanguageSaysWithoutTheSandbox(String text, String body, String expected) {
        var expression = WITHOUT_SANDBOX.compile(text.strip());

        var result = expression.evaluate(context(parse(body)));

        assertThat(expression.isLinear()).isTrue();
        assertThat(JSON.readTree(JSON.writeValueAsString(result)))
                .isEqualTo(JSON.readTree(expected.replace('\'', '"')));
    }

    /** At once, or on a thread for that. */
    @ParameterizedTest
    @CsvSource({
        "a < 5,             true",
        "$number(a),        true",
        "$uppercase(5),     false",
        "$error(a),         false",
    })
    void marksAnErrorThatQuotesAValueOfTheMessage(String text, boolean quoting) {
        assertMarked(EXPRESSIONS, text, quoting);
    }

    @Test
    void marksItWhenItComesFromTheSandboxToo() {
        // One of its own: the other tests see that theirs is not used.
        try (var sandbox = new Sandbox()) {
            var expressions =
                    new JsonataExpressions(sandbox, Clock.systemUTC(), Duration.ofSeconds(20), EvaluationLimits.USUAL);

            assertMarked(expressions, "$map([1], function($v) { a - 1 })", true);
            assertMarked(expressions, "$eval(a & \" secret\")", true);
            assertMarked(expressions, "$map([1], function($v) { $uppercase(5) })", false);
            assertThat(sandbox.workerPid()).isNotZero();
            expressions.close();
        }
    }

    private static void assertMarked(JsonataExpressions expressions, String text, boolean quoting) {
        var expression = expressions.compile(text);
        assertThatThrownBy(() -> expression.evaluate(context(Map.of("a", "secret"))))
                .isInstanceOfSatisfying(StepFailure.class, failure -> {
                    assertThat(failure.text()).contains(quoting ? "secret" : "");
                    assertThat(failure.isQuoting()).isEqualTo(quoting);
                });
    }

    @Test
    void tellsUndefinedFromNull() {
        assertThat(EXPRESSIONS.compile("no.such").evaluate(context(Map.of("a", 1))))
                .isEqualTo(Undefined.UNDEFINED);
        assertThat(EXPRESSIONS.compile("null").evaluate(context(Map.of("a", 1))))
                .isNull();
    }

    @Test
    void showsWhatEarlierStepsEmittedByNameOnly() {
        var message = StepMessage.of(Map.of("n", 1, "elasticio", "hidden"))
                .withPassthrough(Map.of("step_1", Map.of("body", Map.of("n", 5)), "a-b", Map.of("body", 7)));
        var context = EvaluationContext.of(message, Map.of());

        assertThat(EXPRESSIONS.compile("elasticio.step_1.body.n").evaluate(context))
                .isEqualTo(5);
        assertThat(EXPRESSIONS.compile("elasticio.`a-b`.body").evaluate(context))
                .isEqualTo(7);
        assertThat(EXPRESSIONS.compile("$exists(elasticio.step_9)").evaluate(context))
                .isEqualTo(false);
        assertThat(EXPRESSIONS.compile("$getPassthrough().step_1.body.n").evaluate(context))
                .isEqualTo(5);
        assertThat(EXPRESSIONS.compile("elasticio.step_1.body.n > 3").evaluate(context))
                .isEqualTo(true);
    }

    @Test
    void leavesTheMessageAsItWas() {
        var body = parse("{'items':[],'deep':[[]],'list':[{'a':1}]}");
        var before = JSON.writeValueAsString(body);

        EXPRESSIONS.compile("items{id: name}").evaluate(context(body));
        EXPRESSIONS.compile("deep.{\"a\": 1}").evaluate(context(body));
        @SuppressWarnings("unchecked")
        var copy = (List<Object>) EXPRESSIONS.compile("list[]").evaluate(context(body));
        copy.add("more");

        assertThat(JSON.writeValueAsString(body)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(((",
                "a = ",
                "{\"a\": ",
                "b +",
                "info@acme.org",
                "\"open",
                "a /",
                "a[",
                "$x := ",
                "/[/",
                "`a",
                "a.1"
            })
    void refusesWhatIsNoExpression(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> EXPRESSIONS.compile(text));
    }

    @Test
    void refusesTextsThatAreTooLongOrNestedTooDeeply() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EXPRESSIONS.compile("(".repeat(5_000) + "1" + ")".repeat(5_000)));
        assertThatIllegalArgumentException().isThrownBy(() -> EXPRESSIONS.compile("1+".repeat(20_000) + "1"));
        assertThatIllegalArgumentException().isThrownBy(() -> EXPRESSIONS.compile("\"" + "x".repeat(70_000) + "\""));
    }

    @Test
    void namesTheStepsWhoseResultsItNeeds() {
        assertThat(EXPRESSIONS
                        .compile("elasticio.step_1.body.a & elasticio.`s-2`.body")
                        .passthroughNames())
                .hasValueSatisfying(names -> assertThat(names).containsExactlyInAnyOrder("step_1", "s-2"));
        assertThat(EXPRESSIONS.compile("items.(a + $$.elasticio.step_3.body.b)").passthroughNames())
                .hasValueSatisfying(names -> assertThat(names).containsExactly("step_3"));
        assertThat(EXPRESSIONS.compile("a.b").passthroughNames())
                .hasValueSatisfying(names -> assertThat(names).isEmpty());
        for (var all :
                List.of("$getPassthrough()", "$msg", "elasticio", "elasticio.*.body", "$lookup($$, \"elasticio\")")) {
            assertThat(EXPRESSIONS.compile(all).passthroughNames()).as(all).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$map(items, function($v) { $v })", "items^(a)", "[1..3]", "$match(a, /x/)", "$pad(a, 5)", "$eval(a)",
                "items.($$.items[id = $.id])", "($a := \"x\"; $b := $a & $a; $b)", "**", "items@$i.(a)", "items#$i",
                        "a.%",
                "$reduce(items, function($i, $j) { $i + $j })", "$filter(items, $boolean)", "$ ~> |a|{}|",
                        "$sort(items)"
            })
    void sendsAllElseToTheSandbox(String text) {
        assertThat(EXPRESSIONS.compile(text).isLinear()).isFalse();
    }

    @Test
    void failsWithTheMessageOfTheExpression() {
        assertThatThrownBy(() -> EXPRESSIONS
                        .compile("bad ? $error(\"boom \" & mark) : 1")
                        .evaluate(context(Map.of("bad", true, "mark", "m"))))
                .isInstanceOfSatisfying(
                        StepFailure.class, failure -> assertThat(failure.text()).isEqualTo("boom m"));
        assertThatThrownBy(() -> EXPRESSIONS.compile("a + 1").evaluate(context(Map.of("a", "x"))))
                .isInstanceOf(StepFailure.class);
        assertThatThrownBy(() -> EXPRESSIONS.compile("a < 1").evaluate(context(Map.of("a", Map.of()))))
                .isInstanceOf(StepFailure.class);
        assertThatThrownBy(() -> EXPRESSIONS.compile("1 / 0").evaluate(context(Map.of())))
                .isInstanceOf(StepFailure.class);
        assertThatThrownBy(() -> EXPRESSIONS.compile("$foo(1)").evaluate(context(Map.of())))
                .isInstanceOf(StepFailure.class);
    }

    /** It could be made and no longer be read where it goes. */
    @Test
    void aNameOfAResultIsNoLongerThanAnybodyReads() {
        assertThatThrownBy(() -> EXPRESSIONS.compile("{t: 1}").evaluate(context(Map.of("t", "x".repeat(50_001)))))
                .isInstanceOfSatisfying(
                        StepFailure.class, failure -> assertThat(failure.text()).contains("50000 characters"));
    }

    @Test
    void whatIsDeepIsTakenHereAsItIsWhereFlowsAreMade() {
        for (var levels : List.of(150, 390, 900)) {
            var text = "(".repeat(levels) + "a" + ")".repeat(levels);

            assertThat(EXPRESSIONS.compile(text).evaluate(context(Map.of("a", 1))))
                    .isEqualTo(1);
        }
    }

    @Test
    void boundsWhatAnExpressionMakesOfABigInput() {
        var text = "x".repeat(3_000_000);
        var many = "[" + "$.t,".repeat(20) + "$.t]";

        assertThatThrownBy(() -> EXPRESSIONS.compile(many).evaluate(context(Map.of("t", text))))
                .isInstanceOf(StepFailure.class);
        assertThatThrownBy(
                        () -> EXPRESSIONS.compile("$join([t,t,t,t,t,t,t,t], t)").evaluate(context(Map.of("t", text))))
                .isInstanceOf(StepFailure.class);
    }

    @Test
    void boundsTextsThatGrowWithEachFunctionAroundThem() {
        var expression = EXPRESSIONS.compile("$base64encode(".repeat(80) + "t" + ")".repeat(80));

        assertThat(expression.isLinear()).isTrue();
        assertThatThrownBy(() -> expression.evaluate(context(Map.of("t", "ä".repeat(1_000)))))
                .isInstanceOfSatisfying(
                        StepFailure.class, failure -> assertThat(failure.text()).contains("too long"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"$", "deep", "{\"deep\": deep}", "$map([1], function($v) { deep })"})
    void failsWithAResultThatNestsTooDeeply(String text) {
        Object deep = 1;
        for (var level = 0; level < 301; level++) {
            deep = Map.of("d", deep);
        }
        var body = Map.of("deep", deep);

        assertThatThrownBy(() -> EXPRESSIONS.compile(text).evaluate(context(body)))
                .isInstanceOfSatisfying(
                        StepFailure.class, failure -> assertThat(failure.text()).contains("too deeply"));
        assertThat(EXPRESSIONS.compile("$exists(deep.d)").evaluate(context(body)))
                .isEqualTo(true);
    }

    private static EvaluationContext context(Object body) {
        var message = new StepMessage(body, Map.of("h", "v"), Map.of(), Map.of(), Map.of());
        return EvaluationContext.of(message, Map.of("region", "eu"));
    }

    private static Object parse(String json) {
        return JSON.readValue(json.strip().replace('\'', '"'), Object.class);
    }
}
