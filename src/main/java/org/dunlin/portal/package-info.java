/** What customers see of us: the page where they see what is open, and pay. */
@NullMarked
@org.springframework.modulith.ApplicationModule(displayName = "Portal")
package org.dunlin.portal;

import org.jspecify.annotations.NullMarked;
