/** How a service of the suite starts, and the settings all of them share. */
@NullMarked
package dev.weft.common.service;

import org.jspecify.annotations.NullMarked;
