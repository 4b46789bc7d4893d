export async function runNode() {}
