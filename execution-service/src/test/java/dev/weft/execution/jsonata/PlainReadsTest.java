package dev.weft.execution.jsonata;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainReadsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name",
                "contact.email",
                "$.a",
                "$$.a.b",
                "$msg.headers.x",
                "elasticio.step_1.body.n",
                "a > 10 and b = \"x\"",
                "a & \" \" & b",
                "a ? b : \"none\"",
                "{\"id\": id, \"total\": $sum(items.price), \"who\": $uppercase(name), \"in\": {\"x\": a}}",
            })
    void areEvaluatedAtOnce(String text) {
        assertThat(ParsedExpression.parse(text).isPlain()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Once for each element of something.
                "items[price > 1].sku",
                "items.(price * qty)",
                "items.{\"a\": b}",
                "items{sku: price}",
                "a in b",
                "items.($$.list.n)",
                "items^(n)",
                "items#$i.n",
                "**.a",
                // Of two texts, or of what a text says.
                "$contains(a, b)",
                "$split(a, b)",
                "$replace(a, b, c)",
                "$join(a, b)",
                "$number(a)",
                "$fromMillis(0, \"[Y]\")",
                "$pad(a, 10)",
                "$eval(a)",
                "$match(a, /x/)",
                "[1..10]",
                "($x := a; $x)",
                "$sum",
                "$sum(items.(price * qty))",
            })
    void areNot(String text) {
        assertThat(ParsedExpression.parse(text).isPlain()).isFalse();
    }
}
