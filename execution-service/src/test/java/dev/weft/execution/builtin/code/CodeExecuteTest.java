package dev.weft.execution.builtin.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weft.execution.mapping.EvaluationContext;
import dev.weft.execution.mapping.Expression;
import dev.weft.execution.mapping.Expressions;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.sandbox.Sandbox;
import dev.weft.execution.step.Outcome;
import dev.weft.execution.step.StepInput;
import dev.weft.execution.step.StepSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class CodeExecuteTest {

    private static final Sandbox SANDBOX = new Sandbox();
    private static final CodeExecute CODE = new CodeExecute(new NoExpressions(), SANDBOX, new JsonMapper());

    @AfterAll
    static void end() {
        SANDBOX.close();
    }

    @Test
    void emitsInOrderWhatTheCodeEmitsAndReturns() {
        var outcomes = run("""
            async function run(msg, cfg, snapshot) {
              this.logger.info('n is %s', msg.body.n, {more: 1});
              await this.emit('data', { body: { n: msg.body.n + 1 }, headers: { h: 'v' } });
              await this.emit('snapshot', { at: snapshot.at + 1 });
              await this.emit('updateSnapshot', { b: 2 });
              await this.emit('httpReply', { statusCode: 203, headers: { 'x-conf': 'c' }, body: JSON.stringify({ n: 5 }) });
              await this.emit('error', new TypeError('a fault'));
              await this.emit('rebound', 'later');
              return { plain: cfg.extra, region: this.getFlowVariables().region };
            }\
            """);

        assertThat(outcomes).element(0).isEqualTo(new Outcome.Log(30, "n is 1 {\"more\":1}"));
        assertThat(body(outcomes.get(1))).isEqualTo(Map.of("n", 2));
        assertThat(((Outcome.Data) outcomes.get(1)).message().headers()).isEqualTo(Map.of("h", "v"));
        assertThat(outcomes.get(2)).isEqualTo(new Outcome.Snapshot(Map.of("at", 8), false));
        assertThat(outcomes.get(3)).isEqualTo(new Outcome.Snapshot(Map.of("b", 2), true));
        assertThat(outcomes.get(4)).isEqualTo(new Outcome.Reply(203, Map.of("x-conf", List.of("c")), "{\"n\":5}"));
        assertThat(outcomes.get(5)).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.name()).isEqualTo("TypeError");
            assertThat(failed.message()).isEqualTo("a fault");
            assertThat(failed.stack()).contains("code.js:7");
        });
        assertThat(outcomes.get(6)).isEqualTo(new Outcome.Rebound("later", null));
        assertThat(body(outcomes.get(7))).isEqualTo(Map.of("plain", "e", "region", "eu"));
        assertThat(outcomes).hasSize(8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "async function run(msg) { return { body: { n: 2 } }; }",
                "function run(msg) { return { n: 2 }; }",
                "const run = async msg => ({ body: { n: 2 } });",
                "async function run(msg) { await wait(20); await this.emit('data', messages.newMessageWithBody({ n: 2"
                        + " })); }",
                "async function run(msg) { await new Promise(done => setTimeout(done, 20)); return { n: 2 }; }",
                "function run(msg) { this.emit('data', { body: { n: 2 } }); this.emit('end'); }",
            })
    void takesTheUsualWaysToWriteIt(String code) {
        assertThat(run(code))
                .singleElement()
                .satisfies(outcome -> assertThat(body(outcome)).isEqualTo(Map.of("n", 2)));
    }

    @Test
    void emitsNothingWhenNothingIsReturned() {
        assertThat(run("async function run(msg) { console.log('hi', 5); }"))
                .containsExactly(new Outcome.Log(30, "hi 5"));
        assertThat(run("async function run(msg) { return 0; }")).isEmpty();
    }

    @Test
    void keepsWhatWasEmittedBeforeAFailure() {
        var outcomes = run(
                "async function run(msg) { await this.emit('data', { body: { n: 1 } }); throw new Error('boom'); }");

        assertThat(body(outcomes.get(0))).isEqualTo(Map.of("n", 1));
        assertThat(outcomes.get(1)).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.name()).isEqualTo("Error");
            assertThat(failed.message()).isEqualTo("boom");
        });
    }

    /** Whoever may not read messages is not told what code says of them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "async function run(msg) { throw new Error('no account ' + msg.body.n); }",
                "async function run(msg) { JSON.parse('account ' + msg.body.n); }",
                "async function run(msg) { this.emit('error', new Error('no account ' + msg.body.n)); }",
                "async function run(msg) { Promise.reject(new Error('no account ' + msg.body.n)); }",
                "async function run(msg) { setTimeout(() => { throw new Error('no account ' + msg.body.n); }, 1);"
                        + " await wait(50); }",
                "async function run(msg) { atob('*' + msg.body.n); }",
                "async function run(msg) { this.emit('httpReply', { headers: { ['a ' + msg.body.n]: 'x' } }); }",
            })
    void marksWhatMayQuoteTheMessage(String code) {
        assertThat(run(code))
                .filteredOn(Outcome.Failed.class::isInstance)
                .isNotEmpty()
                .allSatisfy(outcome ->
                        assertThat(((Outcome.Failed) outcome).quoting()).isTrue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "async function run() { while (true) { } }",
                "async function run() { await wait(60000); }",
                "async function run() { await new Promise(() => {}); }",
                "async function notRun() { }",
                "async function run() { this.emit('httpReply', { statusCode: 7 }); }",
                "async function run() { this.emit('httpReply', 5); }",
            })
    void doesNotMarkWhatThePlatformSays(String code) {
        assertThat(outcomes(code))
                .filteredOn(Outcome.Failed.class::isInstance)
                .isNotEmpty()
                .allSatisfy(outcome ->
                        assertThat(((Outcome.Failed) outcome).quoting()).isFalse());
    }

    @Test
    void codeThatTakesTooLongIsOneError() {
        assertThat(outcomes("async function run() { while (true) { } }"))
                .filteredOn(Outcome.Failed.class::isInstance)
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "async function run() { while (true) { } }",
                "async function run() { for (;;) { await null; } }",
                "async function run() { await new Promise(() => {}); }",
                "async function run() { await wait(60000); }",
                "async function run() { const a = []; for (;;) { a.push('x'.repeat(1000000) + a.length); } }",
                "async function run() { let s = 'x'; for (;;) { s += s; } }",
                "async function run() { return 'x'.repeat(600000000); }",
                "async function run() { const a = new Array(100000000).fill(1); return a.map(x => [x]); }",
                "async function run() { const f = () => f() + 1; f(); }",
                "async function run() { return /^(a+)+b$/.test('a'.repeat(40) + 'c') ? { n: 1 } : undefined(); }",
                "async function run() { for (;;) { this.emit('data', { body: {} }); } }",
                "async function run() { for (;;) { this.logger.info('x'.repeat(100000)); } }",
                "async function run() { const a = {}; a.a = a; return a; }",
                "async function run() { throw null; }",
                "async function run() { Object.prototype.toJSON = () => { while (true) {} }; return { n: 1 }; }",
                "async function notRun() { }",
                "async function run( {",
            })
    void endsHostileCodeAsAFailureAndGoesOn(String code) {
        var outcomes = outcomes(code);

        assertThat(outcomes.getLast()).isInstanceOf(Outcome.Failed.class);
        assertThat(run("async function run() { return { n: 2 }; }")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "(async () => { throw new Error('lost') })(); return { n: 2 };             | Error     | lost",
                "Promise.reject(new TypeError('lost')); return { n: 2 };                   | TypeError | lost",
                "Promise.reject('lost'); return { n: 2 };                                  | Error     | lost",
                "Promise.reject({ message: 'lost', name: 'Mine' }); return { n: 2 };       | Error     | lost",
                "Promise.reject(null); return { n: 2 };                                    | Error     | null",
                "Promise.reject(Symbol('lost')); return { n: 2 };                          | Error     | lost",
                "(async () => { await wait(30); throw new Error('lost') })(); return { n: 2 }; | Error | lost",
                "this.emit('nothing'); return { n: 2 };                                    | Error     | nothing",
                "Promise.resolve().then(() => { throw new RangeError('lost') }); return { n: 2 }; | RangeError | lost",
                "setTimeout(() => { throw new Error('lost') }, 5); return { n: 2 };        | Error     | lost",
                "const p = Promise.reject(new Error('lost')); p.then(() => 1); try { await p } catch (e) {} return {"
                        + " n: 2 }; | Error | lost",
            })
    void tellsOfARejectionThatNobodyHasCaught(String body, String name, String message) {
        var outcomes = run("async function run() { " + body + " }");

        assertThat(outcomes).hasSize(2);
        assertThat(body(outcomes.getFirst())).isEqualTo(Map.of("n", 2));
        assertThat(outcomes.getLast()).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.name()).isEqualTo(name);
            assertThat(failed.message()).contains(message);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Promise.reject(new Error('x')).catch(() => {});",
                "try { await Promise.reject(new Error('x')); } catch (e) {}",
                "const p = Promise.reject(new Error('x')); await wait(20); try { await p } catch (e) {}",
                "await Promise.allSettled([Promise.reject(new Error('x'))]);",
                "await Promise.any([Promise.reject(new Error('x')), 1]);",
                "await Promise.race([1, wait(60000).then(() => { throw new Error('late') })]);",
                "await this.emit('nothing').catch(() => {});",
            })
    void saysNothingOfARejectionThatIsCaught(String body) {
        assertThat(run("async function run() { " + body + " return { n: 2 }; }"))
                .singleElement()
                .satisfies(outcome -> assertThat(body(outcome)).isEqualTo(Map.of("n", 2)));
    }

    @Test
    void tellsOfOneFaultOnce() {
        assertThat(run("async function run() { const p = Promise.reject(new Error('x')); p.then(() => 1); await p; }"))
                .singleElement()
                .isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void emitsWhatIsEmittedAfterTheReturn() {
        var outcomes = run("""
            async function run() {
              setTimeout(() => { console.log('third'); this.emit('data', { body: { n: 3 } }) }, 20);
              Promise.resolve().then(() => this.emit('data', { body: { n: 1 } }));
              return { n: 2 };
            }\
            """);

        assertThat(outcomes).hasSize(4).element(2).isEqualTo(new Outcome.Log(30, "third"));
        assertThat(outcomes.stream().filter(Outcome.Data.class::isInstance).map(CodeExecuteTest::body))
                .containsExactlyInAnyOrder(Map.of("n", 1), Map.of("n", 2), Map.of("n", 3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'text'                     | text",
                "null                       | null",
                "undefined                  | undefined",
                "{ a: 1 }                   | {\"a\":1}",
                "{ message: { a: 1 } }      | {\"a\":1}",
                "[1, 2]                     | [1,2]",
                "5n                         | 5",
                "Symbol('s')                | Symbol(s)",
            })
    void failsWithWhateverIsThrown(String thrown, String message) {
        for (var code : List.of(
                "async function run() { throw " + thrown + "; }",
                "function run() { return Promise.reject(" + thrown + "); }",
                "async function run() { await this.emit('error', " + thrown + "); }")) {
            assertThat(run(code))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> assertThat(failed.message()).isEqualTo(message));
        }
    }

    @Test
    void writesTheTextOfNoObject() {
        assertThat(run("""
            async function run() {
              const loop = {}; loop.loop = loop;
              console.log({ a: 1 }, [{ b: 2 }], 'x %s', { c: 3 });
              console.log(loop);
            }\
            """))
                .extracting(outcome -> ((Outcome.Log) outcome).message())
                .containsExactly("{\"a\":1} [{\"b\":2}] x %s {\"c\":3}", "an object that can not be written as JSON");
    }

    @Test
    void keepsTheOrderOfLines() {
        var outcomes = run("async function run() { for (let i = 0; i < 50; i++) console.log(i); }");

        assertThat(outcomes)
                .extracting(outcome -> ((Outcome.Log) outcome).message())
                .containsExactlyElementsOf(
                        IntStream.range(0, 50).mapToObj(String::valueOf).toList());
    }

    /** Source: api-v2 11.6. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ headers: { 'X-A': { a: 1 } } }",
                "{ headers: { 'X-A': [{ a: 1 }] } }",
                "{ headers: { 'X-A': '5 €' } }",
                "{ headers: { 'X-A': 'x'.repeat(9000) } }",
                "{ headers: { 'X-A': 'a\\nb' } }",
            })
    void failsWithAReplyWhoseHeaderCanNotBeSent(String reply) {
        assertThat(run("async function run() { await this.emit('httpReply', " + reply + "); }"))
                .singleElement()
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.message()).contains("X-A"));
        for (var wrong : List.of("'text'", "{ statusCode: 'x' }", "{ statusCode: 600 }", "{ headers: 5 }")) {
            assertThat(run("async function run() { await this.emit('httpReply', " + wrong + "); }"))
                    .singleElement()
                    .isInstanceOf(Outcome.Failed.class);
        }
    }

    @Test
    void answersWithAllValuesOfAHeader() {
        assertThat(run("""
            async function run() {
              await this.emit('httpReply', { headers: { 'Set-Cookie': ['a=1', 'b=2', null], 'X-N': 5, none: null } });
            }\
            """))
                .containsExactly(
                        new Outcome.Reply(200, Map.of("Set-Cookie", List.of("a=1", "b=2"), "X-N", List.of("5")), ""));
    }

    /** Source: sailor-runtime 14. */
    @Test
    void failsWithAReplyThatNobodyWaitsForAndGoesOn() {
        var code = "async function run() { await this.emit('httpReply', { body: 'x' }); return { n: 2 }; }";
        var input = new StepInput("e", "key", StepMessage.of(Map.of()), 1, null, null, _ -> {});

        var outcomes = CODE.prepare(settings(Map.of("code", code))).work(input);

        assertThat(outcomes).first().isInstanceOf(Outcome.Failed.class);
        assertThat(body(outcomes.getLast())).isEqualTo(Map.of("n", 2));
    }

    @Test
    void bringsAMessageBackOnce() {
        assertThat(run("""
            async function run() {
              await this.emit('rebound', 'first');
              await this.emit('rebound', 'second');
              return { n: 2 };
            }\
            """)).hasSize(2).first().isEqualTo(new Outcome.Rebound("first", null));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 499, 501, 900})
    void failsWithWhatNestsTooDeeplyAndKeepsTheRest(int levels) {
        var outcomes = run("""
            async function run() {
              let deep = 1;
              for (let i = 0; i < %d; i++) deep = { deep };
              await this.emit('data', { body: { n: 1 } });
              await this.emit('data', { body: deep });
              await this.emit('httpReply', { body: deep });
              await this.emit('snapshot', deep);
              return { n: 2 };
            }\
            """.formatted(levels));

        assertThat(outcomes).hasSize(5);
        assertThat(outcomes.subList(1, 4))
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
                    assertThat(failed.name()).isEqualTo("NestingError");
                    assertThat(failed.message()).contains("too deeply");
                }));
        assertThat(body(outcomes.getFirst())).isEqualTo(Map.of("n", 1));
        assertThat(body(outcomes.getLast())).isEqualTo(Map.of("n", 2));
    }

    @Test
    void isGivenWhatItStored() {
        assertThat(CODE.usesSnapshot()).isTrue();
    }

    @Test
    void givesNoAccessToTheHost() {
        var outcomes = run("""
            async function run(msg) {
              const out = [];
              for (const src of ['Java.type("java.lang.System").getenv()', 'Packages.java.lang.Runtime.getRuntime()',
                'require("fs")', 'load("/etc/passwd")', 'read("/etc/passwd")', 'Polyglot.eval("js", "1")', 'process.env',
                'Graal', 'quit()', 'print("x")', 'this.constructor.constructor("return process")()', 'import("/etc/passwd")',
                'readFully("/etc/passwd")', 'readline()']) {
                try { const v = await eval(src); out.push(v ? src : 'empty'); } catch (e) { out.push('refused'); }
              }
              return { out };
            }\
            """);

        assertThat(String.valueOf(body(outcomes.getLast())))
                .doesNotContain("(")
                .doesNotContain("Graal")
                .doesNotContain("process");
    }

    @Test
    void keepsCallsApart() throws Exception {
        var code =
                "async function run(msg) { globalThis.seen = (globalThis.seen || 0) + 1; await wait(5); return { seen:"
                        + " globalThis.seen, n: msg.body.n }; }";
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<Future<List<Outcome>>>();
            for (var i = 0; i < 50; i++) {
                var n = i;
                results.add(threads.submit(
                        () -> CODE.prepare(settings(Map.of("code", code))).work(input(Map.of("n", n)))));
            }
            for (var i = 0; i < 50; i++) {
                assertThat(body(results.get(i).get().getFirst())).isEqualTo(Map.of("seen", 1, "n", i));
            }
        }
    }

    @Test
    void checksItsFields() {
        assertThatIllegalArgumentException().isThrownBy(() -> CODE.prepare(settings(Map.of())));
        assertThatIllegalArgumentException().isThrownBy(() -> CODE.prepare(settings(Map.of("code", 5))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CODE.prepare(settings(Map.of("code", "function run() {}", "timeout_ms", 9))));
    }

    private static List<Outcome> run(String code) {
        return CODE.prepare(settings(Map.of("code", code, "extra", "e"))).work(input(Map.of("n", 1)));
    }

    private static List<Outcome> outcomes(String code) {
        try {
            return CODE.prepare(settings(Map.of("code", code, "timeout_ms", 1_000)))
                    .work(input(Map.of("n", 1)));
        } catch (dev.weft.execution.step.StepFailure e) {
            return List.of(Outcome.Failed.of(e));
        }
    }

    private static Object body(Outcome outcome) {
        return ((Outcome.Data) outcome).message().body();
    }

    private static StepInput input(Object body) {
        return new StepInput("e", "key", StepMessage.of(body), 1, Map.of("at", 7), "reply.g.e", _ -> {});
    }

    private static StepSettings settings(Map<String, Object> fields) {
        return new StepSettings("f", "flow", "t", "w", "v", "s", fields, null, Map.of("region", "eu"));
    }

    /** Code has no fields that are expressions. */
    private static final class NoExpressions implements Expressions {

        @Override
        public Expression compile(String text) {
            throw new AssertionError(EvaluationContext.class);
        }

        @Override
        public Expression compileValue(Object field) {
            throw new AssertionError();
        }
    }
}
