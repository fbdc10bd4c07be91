/** What collectors can say when they call somebody. */
@NullMarked
@org.springframework.modulith.NamedInterface("call")
package org.dunlin.contact.call;

import org.jspecify.annotations.NullMarked;
