/**
 * The error inbox: inputs of failed messages, how errors are shown, and the retry that a person asks for: checked,
 * noted in the execution, and sent.
 */
@NullMarked
package dev.weft.execution.errorinbox;

import org.jspecify.annotations.NullMarked;
