import { describe, expect, it } from "vitest";
import { shopModel } from "#test/support/shop.ts";
import { routesOf } from "./routes.ts";

describe("routesOf", () => {
  it("gives each object a readable path below its kind and schema", () => {
    const routes = routesOf(shopModel(), [{ id: "open-orders" }]);
    expect(routes.of("table", "sales.orders")).toBe("tables/sales/orders/");
    expect(routes.of("view", "reporting.daily_sales")).toBe("views/reporting/daily_sales/");
    expect(routes.of("function", "sales.find_gift_card(text)")).toBe("functions/sales/find_gift_card/");
    expect(routes.of("query", "open-orders")).toBe("queries/open-orders/");
    expect(routes.of("table", "sales.unicorns")).toBeNull();
  });
  it("keeps apart names that an address cannot tell apart", () => {
    const model = shopModel();
    const [orders] = model.tables.filter(({ id }) => id === "sales.orders");
    if (!orders) throw new Error("The sample has orders.");
    const named = (name: string) => ({ ...orders, id: `sales."${name}"`, name });
    const routes = routesOf(
      { ...model, tables: [named("Order Lines"), named("order/lines"), named("../../etc"), named("заказы")] },
      [],
    );
    expect(routes.of("table", 'sales."Order Lines"')).toBe("tables/sales/order-lines/");
    expect(routes.of("table", 'sales."order/lines"')).toBe("tables/sales/order-lines-2/");
    expect(routes.of("table", 'sales."../../etc"')).toBe("tables/sales/etc/");
    expect(routes.of("table", 'sales."заказы"')).toBe("tables/sales/заказы/");
  });
});
