package dev.weft.expression.function;

import dev.weft.expression.definition.FunctionDefinitions;
import dev.weft.expression.definition.Native;
import dev.weft.expression.text.TextFunctions;
import dev.weft.expression.value.Nothing;
import java.util.Map;

/** The built-in functions by name. */
public final class Library {

    private static final Map<String, Native> FUNCTIONS = all();

    private Library() {}

    public static Object find(String name) {
        var function = FUNCTIONS.get(name);
        return function == null ? Nothing.NOTHING : function;
    }

    private static Map<String, Native> all() {
        var definitions = new FunctionDefinitions();
        TextFunctions.define(definitions);
        NumberFunctions.define(definitions);
        DateFunctions.define(definitions);
        ArrayFunctions.define(definitions);
        ElementFunctions.define(definitions);
        ValueFunctions.define(definitions);
        ObjectFunctions.define(definitions);
        return definitions.all();
    }
}
