package dev.weft.expression.function;

import dev.weft.expression.definition.FunctionDefinitions;
import dev.weft.expression.semantics.ValueCopy;
import dev.weft.expression.semantics.Values;
import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.Nothing;

/** Functions of values of any kind. */
final class ValueFunctions {

    private ValueFunctions() {}

    static void define(FunctionDefinitions all) {
        all.any("exists", "<x:b>", 1, a -> !a.lacks(0));
        all.add("type", "<x:s>", 1, a -> Values.type(a.get(0)));
        all.add("boolean", "<x-:b>", 1, a -> Values.isTrue(a.get(0), a.run()));
        all.add("not", "<x-:b>", 1, a -> !Values.isTrue(a.get(0), a.run()));
        all.add("clone", "<(oa)-:o>", 1, a -> ValueCopy.of(a.get(0), a.run()));
        all.any("error", "<s?:x>", 1, a -> {
            throw ExpressionFault.said("D3137", said(a.text(0), "$error() function evaluated"));
        });
        all.any("assert", "<bs?:x>", 2, a -> {
            if (!Boolean.TRUE.equals(a.get(0))) {
                throw ExpressionFault.said("D3141", said(a.text(1), "$assert() statement failed"));
            }
            return Nothing.NOTHING;
        });
    }

    private static String said(String given, String otherwise) {
        return given.isEmpty() ? otherwise : given;
    }
}
