/** What flow-service and component-registry say of the components that flows use. */
@NullMarked
package dev.weft.workspace.componentuse;

import org.jspecify.annotations.NullMarked;
