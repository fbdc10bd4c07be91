/** Whatever happens to debtors, in any order: what must be true all the same. */
package org.dunlin.dunning.chance;
