import { App } from "bulwark";
import { shop } from "./shop";

const app = new App();
shop(app);
app.synth();
