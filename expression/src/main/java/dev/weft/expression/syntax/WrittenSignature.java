package dev.weft.expression.syntax;

import com.dashjoin.jsonata.utils.Signature;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;

/** The text of a function's signature; the library keeps only its parsed form. */
final class WrittenSignature {

    private static final VarHandle PARAMETERS;
    private static final VarHandle TYPE;
    private static final VarHandle REGEX;
    private static final VarHandle CONTEXT;
    private static final VarHandle SUBTYPE;

    static {
        try {
            var lookup = MethodHandles.privateLookupIn(Signature.class, MethodHandles.lookup());
            PARAMETERS = lookup.findVarHandle(Signature.class, "_params", List.class);
            var parameter = lookup.findClass("com.dashjoin.jsonata.utils.Signature$Param");
            TYPE = lookup.findVarHandle(parameter, "type", String.class);
            REGEX = lookup.findVarHandle(parameter, "regex", String.class);
            CONTEXT = lookup.findVarHandle(parameter, "context", boolean.class);
            SUBTYPE = lookup.findVarHandle(parameter, "subtype", String.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private WrittenSignature() {}

    static String of(Signature signature) {
        var definition = new StringBuilder("<");
        for (var parameter : (List<?>) PARAMETERS.get(signature)) {
            definition.append((String) TYPE.get(parameter));
            var subtype = (String) SUBTYPE.get(parameter);
            if (subtype != null) {
                definition.append('<').append(subtype).append('>');
            }
            var regex = (String) REGEX.get(parameter);
            if ((boolean) CONTEXT.get(parameter)) {
                definition.append('-');
            } else if (regex.endsWith("?") || regex.endsWith("+")) {
                definition.append(regex.charAt(regex.length() - 1));
            }
        }
        return definition.append('>').toString();
    }
}
