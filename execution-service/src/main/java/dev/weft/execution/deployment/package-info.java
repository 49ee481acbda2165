/** What is in force for an owner, so far always a flow: its state, its runs with their queues, and how it is stored and told. */
@NullMarked
package dev.weft.execution.deployment;

import org.jspecify.annotations.NullMarked;
