package dev.weft.expression.evaluation;

import dev.weft.expression.function.FunctionSignature;
import dev.weft.expression.value.Callee;
import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.NameScope;
import dev.weft.expression.value.Nothing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions that an expression defines, and how it calls those and others. */
final class Calls {

    private Calls() {}

    /** {@code $f(a, b)}. */
    static final class CallNode extends Node {

        private final Node procedure;
        private final List<Node> arguments;
        private final @Nullable String name;

        CallNode(int position, Node procedure, List<Node> arguments, @Nullable String name) {
            super(position);
            this.procedure = procedure;
            this.arguments = arguments;
            this.name = name;
        }

        @Override
        @Nullable
        Object value(@Nullable Object input, NameScope scope) {
            return call(input, scope, new ArrayList<>(arguments.size()));
        }

        /** @param values those that stand before the written ones */
        @Nullable
        Object call(@Nullable Object input, NameScope scope, List<@Nullable Object> values) {
            var callee = procedure(input, scope, "T1005");
            // That this is no function (T1006) is found out only after the arguments, whose faults come first: the
            // reference does so.
            for (var argument : arguments) {
                values.add(argument.evaluate(input, scope));
            }
            try {
                return callee(callee).apply(values, input, scope);
            } catch (ExpressionFault e) {
                throw e.at(position, name);
            }
        }

        @Nullable
        Object procedure(@Nullable Object input, NameScope scope, String forgotten) {
            var callee = procedure.evaluate(input, scope);
            if (Nothing.is(callee)
                    && procedure instanceof StepsNode path
                    && path.steps.getFirst() instanceof Literals.Name first
                    && scope.find(first.name) instanceof Callee) {
                throw ExpressionFault.of(forgotten).at(position, first.name);
            }
            return callee;
        }

        private static Callee callee(@Nullable Object value) {
            if (value instanceof Callee callee) {
                return callee;
            }
            throw ExpressionFault.of("T1006");
        }
    }

    /** A call at the end of a function, not yet made. */
    record Thunk(CallNode node, @Nullable Object input, NameScope scope) implements Callee.Deferred {

        @Override
        public @Nullable Object call(@Nullable Object context, NameScope caller) {
            var callee = node.procedure.evaluate(input, scope);
            var values = new ArrayList<@Nullable Object>(node.arguments.size());
            for (var argument : node.arguments) {
                values.add(argument.evaluate(input, scope));
            }
            try {
                // What comes back may be the next call at an end; it is left to the loop that has asked, since apply
                // would grow the stack.
                return CallNode.callee(callee).call(values, context, caller);
            } catch (ExpressionFault e) {
                throw e.at(node.position, node.name);
            }
        }
    }

    /** Stands for a call at the end of a function. */
    static final class ThunkNode extends Node {

        private final CallNode call;

        ThunkNode(CallNode call) {
            super(call.position);
            this.call = call;
        }

        @Override
        Object value(@Nullable Object input, NameScope scope) {
            return new Thunk(call, input, scope);
        }
    }

    /** {@code function($a, $b){..}}. */
    static final class LambdaNode extends Node {

        private final List<String> parameters;
        private final Node body;
        private final @Nullable FunctionSignature signature;

        LambdaNode(int position, List<String> parameters, Node body, @Nullable FunctionSignature signature) {
            super(position);
            this.parameters = parameters;
            this.body = body;
            this.signature = signature;
        }

        @Override
        Object value(@Nullable Object input, NameScope scope) {
            return new Lambda(this, input, scope);
        }
    }

    /** Such a function with the scope that it was defined in. */
    record Lambda(LambdaNode node, @Nullable Object input, NameScope scope) implements Callee {

        @Override
        public int arity() {
            return node.parameters.size();
        }

        @Override
        public @Nullable Object call(
                List<? extends @Nullable Object> arguments, @Nullable Object context, NameScope caller) {
            var values = node.signature == null ? arguments : node.signature.validate(arguments, context, caller.run);
            // The scope and the input are those of the place where the function was written, not of the call.
            var inner = scope.inner();
            for (var i = 0; i < node.parameters.size(); i++) {
                // A parameter without an argument is bound all the same, so that it hides a name of the scope around.
                inner.bind(node.parameters.get(i), i < values.size() ? values.get(i) : Nothing.NOTHING);
            }
            return node.body.evaluate(input, inner);
        }

        // A function is itself and no other; its scope may hold anything, itself too.
        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }

        @Override
        public String toString() {
            return "function";
        }
    }

    /** {@code $f(?, 2)}. */
    static final class PartialNode extends Node {

        private final CallNode call;

        /** @param call its arguments are constants of {@link Partial#OPEN} where the question marks stand */
        PartialNode(CallNode call) {
            super(call.position);
            this.call = call;
        }

        @Override
        Object value(@Nullable Object input, NameScope scope) {
            var values = new ArrayList<@Nullable Object>(call.arguments.size());
            // Here the arguments come before the function, unlike in a call: the reference does so.
            for (var argument : call.arguments) {
                values.add(argument.evaluate(input, scope));
            }
            if (call.procedure(input, scope, "T1007") instanceof Callee callee) {
                return new Partial(callee, values);
            }
            throw ExpressionFault.of("T1008").at(position, call.name);
        }
    }

    /** A function with some of its arguments. */
    record Partial(Callee callee, List<@Nullable Object> given) implements Callee {

        // It is compared by identity, so that no value of a message can pass for it.
        static final Object OPEN = new Object();

        @Override
        public int arity() {
            return (int) given.stream().filter(value -> value == OPEN).count();
        }

        @Override
        public @Nullable Object call(
                List<? extends @Nullable Object> arguments, @Nullable Object context, NameScope scope) {
            var values = new ArrayList<@Nullable Object>(given.size());
            var next = 0;
            for (var value : given) {
                if (value == OPEN) {
                    values.add(next < arguments.size() ? arguments.get(next) : Nothing.NOTHING);
                    next++;
                } else {
                    values.add(value);
                }
            }
            return callee.call(values, context, scope);
        }
    }

    /** {@code a ~> $f}, {@code a ~> $f(b)}, and of two functions the one after the other. */
    static final class ApplyNode extends Node {

        private final Node left;
        private final Node right;

        ApplyNode(int position, Node left, Node right) {
            super(position);
            this.left = left;
            this.right = right;
        }

        @Override
        @Nullable
        Object value(@Nullable Object input, NameScope scope) {
            var value = left.evaluate(input, scope);
            // The left side becomes the first argument of the call that is written there: a ~> f(b) is f(a, b), and
            // f(b) alone is never called.
            if (right instanceof CallNode call) {
                var values = new ArrayList<@Nullable Object>();
                values.add(value);
                return call.call(input, scope, values);
            }
            if (!(right.evaluate(input, scope) instanceof Callee callee)) {
                throw ExpressionFault.of("T2006").at(position, "~>");
            }
            if (value instanceof Callee first) {
                return new Composition(first, callee);
            }
            try {
                // List.of would refuse null, which is a value of the language.
                return callee.apply(Arrays.asList(value), null, scope);
            } catch (ExpressionFault e) {
                throw e.at(position, null);
            }
        }
    }

    /** One function after the other. */
    record Composition(Callee first, Callee second) implements Callee {

        @Override
        public int arity() {
            return 1;
        }

        @Override
        public @Nullable Object call(
                List<? extends @Nullable Object> arguments, @Nullable Object context, NameScope scope) {
            @Nullable Object argument = arguments.isEmpty() ? Nothing.NOTHING : arguments.getFirst();
            var between = first.apply(Arrays.asList(argument), context, scope);
            return second.call(Arrays.asList(between), context, scope);
        }
    }
}
