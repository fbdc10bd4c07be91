/** The one clock of product and engine. */
package org.dunlin.platform.clock;
