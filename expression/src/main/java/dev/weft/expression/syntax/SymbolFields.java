package dev.weft.expression.syntax;

import com.dashjoin.jsonata.Parser;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;

/**
 * Reads fields of the library's syntax tree that are not public. Fails when the class is loaded if a new version of the
 * library looks different.
 */
final class SymbolFields {

    static final VarHandle TYPE = field("type", String.class);
    static final VarHandle VALUE = field("value", Object.class);
    static final VarHandle POSITION = field("position", int.class);
    static final VarHandle STEPS = field("steps", List.class);
    static final VarHandle LEFT = field("lhs", Parser.Symbol.class);
    static final VarHandle RIGHT = field("rhs", Parser.Symbol.class);
    static final VarHandle OPERAND = field("expression", Parser.Symbol.class);
    static final VarHandle ITEMS = field("expressions", List.class);
    static final VarHandle CONDITION = field("condition", Parser.Symbol.class);
    static final VarHandle THEN = field("then", Parser.Symbol.class);
    static final VarHandle ELSE = field("_else", Parser.Symbol.class);
    static final VarHandle PROCEDURE = field("procedure", Parser.Symbol.class);
    static final VarHandle ARGUMENTS = field("arguments", List.class);
    static final VarHandle PREDICATE = field("predicate", List.class);
    static final VarHandle TERMS = field("terms", List.class);
    static final VarHandle DESCENDING = field("descending", boolean.class);
    static final VarHandle BODY = field("body", Parser.Symbol.class);
    static final VarHandle PATTERN = field("pattern", Parser.Symbol.class);
    static final VarHandle UPDATE = field("update", Parser.Symbol.class);
    static final VarHandle DELETE = field("delete", Parser.Symbol.class);
    static final VarHandle SLOT = field("slot", Parser.Symbol.class);
    static final VarHandle KEEP_ARRAY = field("keepArray", boolean.class);

    private SymbolFields() {}

    private static VarHandle field(String name, Class<?> type) {
        try {
            return MethodHandles.privateLookupIn(Parser.Symbol.class, MethodHandles.lookup())
                    .findVarHandle(Parser.Symbol.class, name, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
