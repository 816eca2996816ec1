//! How each figure is read: what is drawn, an example, and what it does not say.

/// "Predicted market share by product".
pub const MARKET_SHARE: &str = "Each bar counts the respondents whose first choice the product is; the \
    outline is the count before any edit. A bar that ends 20 below its outline has lost 20 \
    respondents. It does not say how sure they are of their choice.";

/// The same of shares that are no counts.
pub const MARKET_SHARE_BY_RULE: &str = "Each bar is the share of all respondents that the choice rule gives \
    the product, with their weights; the outline is the share before any edit. A bar that ends 2 \
    below its outline has lost 2 % of all respondents. Where there is None, the bars sum to less \
    than 100.";

/// "Share with intervals".
pub const SHARE_INTERVALS: &str = "Each bar is the share that the choice rule gives a product as edited, \
    the outline its share at the baseline. The thin line is the interval in which the share would \
    lie in nine of ten surveys of as many other people. Where two lines overlap the products may \
    still differ; a change has an interval of its own below.";

/// "Change in share".
pub const SHARE_CHANGES: &str = "Each bar is what a product gained or lost, in percentage points of all \
    respondents; its line is the interval of that difference, for which the same resampled people \
    are asked both times. A line that crosses 0 says that other people might have moved the other \
    way. It does not say what else may change in the market.";

/// "Money with intervals".
pub const MONEY_INTERVALS: &str = "Each bar is a brand's figure, and its line the interval in which that \
    would lie in nine of ten surveys of as many other people. Rates, volumes and margins are no \
    survey's: the interval knows nothing of their errors.";

/// "Share by segment".
pub const SEGMENT_SHARES: &str = "Each group of bars is a product, each bar the share of one segment's \
    respondents that it has. Bars of a segment sum to 100, or to less where there is None. Small \
    segments move by chance: tick one under Segments to see its intervals.";

/// "Willingness to pay".
pub const WILLINGNESS_TO_PAY: &str = "Each pair of bars is a level of an attribute: above 0, a level for which \
    more is paid than for the one that the product has. The algebraic amount is what the level is \
    worth to the respondent in the middle; the simulated one is what the product can ask for it \
    without losing buyers to its competitors or to None. It does not say what the level costs.";

/// "Price elasticity".
pub const PRICE_ELASTICITY: &str = "A cell of −2 on the diagonal says that a price 1 % higher loses the \
    product 2 % of its share; a cell of 0.5 beside it, that the product at the side wins 0.5 % of \
    its own then. The higher a column's cells, the more that product's price matters to the \
    others. It holds near the prices as they stand, and not for large steps.";

/// "Demand curve".
pub const DEMAND_CURVE: &str = "The upper curve is the product's share at each price, all others as they \
    stand; the band is the interval in which it would lie in nine of ten surveys of as many other \
    people. The curves below are its brand's revenue and EBIT: where EBIT is highest the price \
    earns most. It does not know what competitors would answer.";

/// "Diversion".
pub const DIVERSION: &str = "A row is a product that is taken from the market, a cell the percentage \
    of its buyers who go to the product at the foot: a cell of 40 names a close substitute. Rows \
    sum to 100. A row is empty where nobody buys the product. It does not say how many buyers there \
    are.";
/// "Importance".
pub const IMPORTANCE: &str = "Each bar is how much of the choice an attribute decides: for each \
    respondent the difference between its best and its worst level, in percent of the sum of all \
    attributes' differences, and then the mean over the respondents. Bars of a colour sum to 100. \
    It depends on the levels that were surveyed: between prices farther apart the price weighs more.";

/// "Part-worths".
pub const PART_WORTHS: &str = "A level above 0 is worth more than the attribute's levels are on \
    average, one below 0 less, and the thin line is where that would lie in nine of ten surveys of \
    as many other people. Steps of one attribute can be compared with those of another: a step of \
    1 is worth as much anywhere. Heights cannot: 0 is another level's worth in each attribute.";

/// "Attraction to chosen product".
pub const ATTRACTION: &str = "A row holds the respondents who choose one product, a column is an \
    offer that they could take instead. A cell of 20 says that for 80 % of these respondents the \
    offer is at most 20 % probable; where both offers are of one brand, as on the diagonal, that \
    holds for half of them. It does not say how many respondents a row has.";

/// "Attraction in detail" of two products.
pub const DETAIL_OF_PAIR: &str = "Each mark is a respondent who chooses the chosen product: the farther \
    right, the more probable that choice is, and the higher, the nearer the competing product \
    comes. A mark near 1 would almost as soon take the competing product, one near 0.1 a tenth \
    as soon. It does not say which change would win the respondent over.";

/// "Attraction in detail" where a product is compared with itself.
pub const DETAIL_OF_PRODUCT: &str = "The curve shows how probable the product is to the respondents who choose \
    it; each tick below is one of them. Where the curve is high, many stand: near 90 % they are \
    sure of their choice, near 30 % they are not. It does not say which product comes second.";

/// "Attraction to chosen brand".
pub const BRAND_ATTRACTION: &str = "A curve shows how probable a brand, all its products together, is to \
    the respondents who choose it; each tick below is one of them. A curve with its bulk near \
    90 % is of a brand whose choosers are sure of it; near 30 % they could easily go elsewhere. \
    Heights do not say how many choose a brand: every curve has about the same area.";

/// "Brand scavengers".
pub const BRAND_SCAVENGERS: &str = "All curves are of the same respondents, those who choose the focal \
    brand, and show how probable each brand is to them. The rival whose curve lies farthest to \
    the right is the one that they would go to most readily. It does not say what would make them \
    go.";

/// "Customers" of a lockstep.
pub const CUSTOMERS: &str = "At each point, a bar shows how many thousand {customers} more (above \
    0) or fewer (below 0) a brand, or a parent company, has than at the baseline. What one wins, \
    others lose: the market does not grow. It does not say what a {customer} brings; that is ARPU.";

/// "Revenue" of a lockstep.
pub const REVENUE: &str = "At each point, a bar shows how many thousands a {month} a brand takes \
    more or less than at the baseline. It can rise while {customers} leave, when those who stay or \
    join pay more. It does not say what they cost; that is in EBIT.";

/// "ARPU" of a lockstep.
pub const ARPU: &str = "At each point, a bar shows how the average revenue a {customer} and {month} \
    differs from the baseline. A bar of 10 is 10 more a {month} for each {customer} on average, those \
    who keep their {contract} included. It does not say how many {customers} are left to pay it.";

/// "EBIT" of a lockstep.
pub const EBIT: &str = "At each point, a bar shows how many thousands a {month} a brand's earnings \
    before interest and taxes differ from the baseline. Cost is a fixed part and a part a \
    {customer}, both set so that the study's own offers earn the study's margin. It does not know \
    of other costs that a change of price may bring.";

/// "Movement: <segment>".
pub const SEGMENT_MOVEMENT: &str = "Of the segment's respondents who choose the focal brand at the \
    baseline point, a bar is the percentage that a brand has won from it, net of those that it \
    lost to it; the focal brand's own bar is its whole gain or loss. A rival's bar of 5 % says \
    that of 100 such respondents 5 more went there than came from there. Moves between two rivals \
    are not shown.";

/// "Movement at one point".
pub const MOVEMENT_AT_POINT: &str = "The net movement of every segment at the chosen point, in percent of the \
    segment's respondents who choose the focal brand at the baseline point. A focal brand's bar \
    of −10 % says that it has lost a tenth of them. Bars of two segments compare shares, not \
    numbers of people.";

/// A heatmap of an attribute grid.
pub const ATTRIBUTE_GRID: &str = "Each cell is a scenario: the first product has the two costs at its foot \
    and at its side; the table's other products have their own, from the same places of their \
    ranges. Colour and number are the focal brand's change against the baseline pair (◇); the \
    highest cell has a ★. It does not say what lies between the cells or beyond them.";

/// "Scenarios compared".
pub const SCENARIO_COMPARISON: &str = "Side by side for each product or brand: the study's own offers as an \
    outline, then every scenario. A bar that ends above the outline has gained. It does not say \
    which of a scenario's edits did it.";
