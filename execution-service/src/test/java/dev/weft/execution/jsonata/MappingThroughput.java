package dev.weft.execution.jsonata;

import dev.weft.execution.mapping.EvaluationContext;
import dev.weft.execution.mapping.Expression;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.sandbox.Sandbox;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.databind.json.JsonMapper;

/** Evaluations a second of small mappings; run by hand: {@code java -cp ... dev.weft.execution.jsonata.MappingThroughput}. */
public final class MappingThroughput {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private MappingThroughput() {}

    public static void main(String[] arguments) throws Exception {
        try (var sandbox = new Sandbox()) {
            var expressions = new JsonataExpressions(sandbox, Clock.systemUTC(), Duration.ofSeconds(5));
            var body = JSON.readValue("""
                    {"a":19,"b":23,"name":"ada","contact":{"email":"a@b.c","name":"Ann"},
                     "items":[{"sku":"p","price":2,"qty":3},{"sku":"q","price":5,"qty":1}]}""", Map.class);
            var context = EvaluationContext.of(StepMessage.of(body), Map.of());
            for (var text : new String[] {
                "$",
                "name",
                "a > 10",
                "{\"sum\": a + b, \"who\": $uppercase(name)}",
                "{\"to\": contact.email, \"subject\": \"Hi \" & contact.name, \"total\": $sum(items.(price * qty)), \"n\": $count(items), \"tags\": items.sku}"
            }) {
                var expression = expressions.compile(text);
                run(expression, context, 30_000);
                var n = 100_000;
                var t = System.nanoTime();
                run(expression, context, n);
                System.out.printf("%-12.12s one thread: %,d/s%n", text, (long) (n / ((System.nanoTime() - t) / 1e9)));
                t = System.nanoTime();
                virtual(expression, context, n);
                System.out.printf(
                        "%-12.12s a virtual thread each: %,d/s%n", text, (long) (n / ((System.nanoTime() - t) / 1e9)));
            }
            var apart = expressions.compile("$map(items, function($v) { $v.sku })");
            run(apart, context, 2_000);
            var t = System.nanoTime();
            run(apart, context, 5_000);
            System.out.printf("in the sandbox: %,d/s%n", (long) (5_000 / ((System.nanoTime() - t) / 1e9)));
        }
    }

    private static void run(Expression expression, EvaluationContext context, int n) {
        for (var i = 0; i < n; i++) {
            expression.evaluate(EvaluationContext.of(context.message(), context.variables()));
        }
    }

    private static void virtual(Expression expression, EvaluationContext context, int n) throws Exception {
        Future<?> last = null;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < n; i++) {
                last = threads.submit(
                        () -> expression.evaluate(EvaluationContext.of(context.message(), context.variables())));
            }
            last.get();
        }
    }
}
